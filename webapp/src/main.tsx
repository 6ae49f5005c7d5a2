import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app";
import { createHost, languages, launch } from "./host/detect";
import { runIn } from "./host/host";
import { darkScheme, paint } from "./host/palette";
import { bestLanguage, gameName, PATIENCE_MS, speak } from "./i18n/language";
import { watchViewport } from "./parts/viewport";
import { signIn, standing } from "./play/player";
import { goBack, screen } from "./play/screen";
import { resume, resynchronise } from "./play/session";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/home.css";
import "./styles/round.css";
import "./styles/chat.css";

/** Not even the first files arrived, or not yet: no language is there to say so in, a sign has to do. */
function offerReload(): void {
  if (document.querySelector(".shell button")) return;
  const button = document.createElement("button");
  button.className = "button";
  button.textContent = "↻";
  button.ariaLabel = "Reload";
  button.onclick = () => location.reload();
  document.querySelector(".shell")?.append(button);
}

async function start(): Promise<void> {
  paint(launch?.theme ?? {}, darkScheme.matches);
  watchViewport();
  const host = createHost();
  runIn(host);
  const starting = signIn(host).then(() => (standing.value === "player" ? resume() : undefined));
  starting.catch(() => undefined); // what it means is for App to say, once there is a language to say it in
  const late = setTimeout(offerReload, PATIENCE_MS);
  await speak(bestLanguage(languages));
  clearTimeout(late);
  effect(() => host.setBack(screen.value.name === "home" ? null : goBack));
  effect(() => host.guardRound(screen.value.name === "round"));
  effect(() => {
    document.title = gameName();
  });
  const root = document.getElementById("app");
  if (root) {
    root.replaceChildren();
    render(<App starting={starting} />, root);
  }
  requestAnimationFrame(() => host.ready());
  host.onActivated(() => void resynchronise().catch(() => undefined));
}

start().catch(offerReload);
