import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { host } from "../host/host";
import { t } from "../i18n/language";
import { goBack } from "../play/screen";
import { Icon } from "./icons";

/** A heading that takes the focus when its screen appears, so that a screen reader starts there. */
export function Heading({ children, level = 1 }: { children: ComponentChildren; level?: 1 | 2 }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const Tag = level === 1 ? "h1" : "h2";
  return (
    <Tag ref={heading} tabIndex={-1} class="heading">
      {children}
    </Tag>
  );
}

/** Back: Telegram's own button where there is one, ours where there is none. */
export function BackButton() {
  const drawn = host().drawsBack.value;
  if (drawn) return null;
  return (
    <button type="button" class="icon-button" aria-label={t("action.back")} onClick={goBack}>
      <Icon name="back" />
    </button>
  );
}

/** An inner screen. */
export function Page({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <main class="page">
      <header class="page-top">
        <BackButton />
        <Heading>{title}</Heading>
      </header>
      {children}
    </main>
  );
}
