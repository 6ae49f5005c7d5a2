import { useLayoutEffect, useRef } from "preact/hooks";
import { oneLine } from "../api/requests";
import { host } from "../host/host";
import { t } from "../i18n/language";
import { QUESTION_CHARS } from "../i18n/rules";
import { ask, asking, draft } from "../play/asking";
import { pass, passing } from "../play/moves";
import { answered, clock, settled } from "../play/round";
import { goOn } from "../play/session";
import { Icon } from "./icons";
import { Stems } from "./stems";

/** With a real keyboard one may just start to type. */
function useTypeToAsk(input: { current: HTMLInputElement | null }): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const busyElsewhere =
        document.querySelector("dialog[open]") || event.target instanceof HTMLInputElement;
      const isText =
        event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isText && !busyElsewhere) input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function PassButton() {
  const press = () => void pass().then((passed) => (passed ? goOn() : undefined));
  return (
    <button
      type="button"
      class="pass"
      aria-label={t("round.pass.hint")}
      aria-busy={passing.value}
      disabled={asking.value !== null}
      onClick={press}
    >
      {t("round.pass")}
    </button>
  );
}

/** Where the player types. In the flow of the page, so that the keyboard never lies over it. */
export function Composer() {
  const input = useRef<HTMLInputElement>(null);
  useTypeToAsk(input);
  if (!clock.running.value)
    return <p class="foot-note">{answered.value ? t("round.judging") : t("round.ending")}</p>;
  const waits = asking.value !== null;
  const text = oneLine(draft.value);
  const send = () => {
    if (!text || waits) return;
    host().hideKeyboard();
    void ask(text);
  };
  const begin = (beginning: string) => {
    const { current } = input;
    draft.value = `${beginning} `;
    if (!current) return;
    current.value = draft.value;
    current.focus();
  };
  return (
    <>
      <Stems onPick={begin} />
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {settled.value ? <PassButton /> : null}
        <input
          ref={input}
          class="input composer-input"
          type="text"
          value={draft.value}
          maxLength={QUESTION_CHARS}
          placeholder={t(settled.value ? "round.ask.more" : "round.ask")}
          aria-label={t("round.ask")}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="send" aria-label={t("round.send")} aria-disabled={!text || waits}>
          <Icon name="send" />
        </button>
      </form>
    </>
  );
}
