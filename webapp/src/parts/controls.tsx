import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { MainAction } from "../host/host";
import { host } from "../host/host";
import { Icon, type IconName } from "./icons";

interface ButtonProps {
  children: ComponentChildren;
  onPress: () => void;
  kind?: "primary" | "plain" | "danger" | "quiet";
  busy?: boolean;
  disabled?: boolean;
}

export function Button({ children, onPress, kind = "plain", busy = false, disabled = false }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button button-${kind}`}
      disabled={disabled}
      aria-busy={busy}
      onClick={() => !busy && onPress()}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : null}
      <span class={busy ? "button-text waiting" : "button-text"}>{children}</span>
    </button>
  );
}

interface MainButtonProps extends MainAction {
  /** Something else on the screen comes before it. */
  plain?: boolean;
  /** What must be read before pressing: always in sight. */
  children?: ComponentChildren;
}

/** The one thing to do on this screen: Telegram's own button where there is one, ours where there is none. */
export function MainButton({ text, busy, onPress, plain = false, children }: MainButtonProps) {
  const drawn = host().drawsMain.value && !plain;
  useEffect(() => host().setMain(plain ? null : { text, busy, onPress }), [text, busy, onPress, plain]);
  useEffect(() => () => host().setMain(null), []);
  if (drawn && !children) return null;
  return (
    <div class="main-button">
      {children}
      {drawn ? null : (
        <Button kind={plain ? "plain" : "primary"} busy={busy} onPress={onPress}>
          {text}
        </Button>
      )}
    </div>
  );
}

export function Section({ title, children }: { title?: string; children: ComponentChildren }) {
  return (
    <section class="section-block">
      {title ? <h2 class="section-title">{title}</h2> : null}
      <div class="section">{children}</div>
    </section>
  );
}

interface RowProps {
  text: string;
  onPress: () => void;
  icon?: IconName;
  danger?: boolean;
  note?: string;
}

/** A line of a settings page that leads somewhere. */
export function Row({ text, onPress, icon, danger = false, note }: RowProps) {
  return (
    <button type="button" class={danger ? "row row-danger" : "row"} onClick={onPress}>
      {icon ? (
        <span class="row-icon">
          <Icon name={icon} />
        </span>
      ) : null}
      <span class="row-text">{text}</span>
      {note ? <span class="row-note">{note}</span> : null}
      {danger ? null : <Icon name="next" />}
    </button>
  );
}
