import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { learnTheRest, t } from "./i18n/language";
import { Banner, Notice } from "./parts/banner";
import { Button } from "./parts/controls";
import { standing } from "./play/player";
import { type Screen, screen } from "./play/screen";
import { Home } from "./screens/home";
import { RoundScreen } from "./screens/round";

type LazyName = Exclude<Screen["name"], "home" | "round"> | "gate";

/** Screens that are not needed before the first round. */
const lazy: Record<LazyName, () => Promise<{ default: ComponentType }>> = {
  result: () => import("./screens/result"),
  daily: () => import("./screens/daily"),
  jury: () => import("./screens/jury"),
  finds: () => import("./screens/finds"),
  leaderboard: () => import("./screens/leaderboard"),
  profile: () => import("./screens/profile"),
  how: () => import("./screens/how"),
  gate: () => import("./screens/gate"),
  privacy: () => import("./screens/privacy"),
};

function Shell() {
  return (
    <main class="shell" aria-busy="true">
      <div class="shell-mark" />
      <p class="unseen">{t("app.loading")}</p>
    </main>
  );
}

/** Where a file cannot be fetched: the connection is gone, or a new version was deployed meanwhile. */
function Unloaded() {
  return (
    <main class="page">
      <div class="empty" role="alert">
        <p>{t("problem.reload")}</p>
        <Button kind="primary" onPress={() => location.reload()}>
          {t("action.retry")}
        </Button>
      </div>
    </main>
  );
}

function LazyScreen({ name }: { name: LazyName }) {
  const [loaded, setLoaded] = useState<{ name: LazyName; Screen: ComponentType } | null>(null);
  useEffect(() => {
    Promise.all([lazy[name](), learnTheRest()]).then(
      ([file]) => setLoaded({ name, Screen: file.default }),
      () => setLoaded({ name, Screen: Unloaded }),
    );
  }, [name]);
  return loaded?.name === name ? <loaded.Screen /> : <Shell />;
}

function Shown() {
  const { name } = screen.value;
  if (name === "privacy" || name === "how") return <LazyScreen name={name} />;
  if (standing.value === "starting") return <Unloaded />;
  if (standing.value !== "guest" && standing.value !== "player") return <LazyScreen key="gate" name="gate" />;
  if (name === "home") return <Home />;
  if (name === "round") return <RoundScreen />;
  return <LazyScreen key={name} name={name} />;
}

/** `starting` resolves once it is known who plays and whether a round is running. */
export function App({ starting }: { starting: Promise<void> }) {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    // A failure here is shown by what the player does next; the banner speaks of the connection.
    starting.catch(() => undefined).finally(() => setSettled(true));
  }, []);
  return (
    <>
      <Banner />
      {settled ? <Shown /> : <Shell />}
      <Notice />
    </>
  );
}
