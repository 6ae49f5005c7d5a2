/** The host: who answers, and shows what it is to be asked, doubted and caught. Says nothing that words do not. */

export type Mood = "calm" | "thinks" | "doubted" | "caught";

const mouths: Record<Mood, string> = {
  calm: "M9 16q3 2 6 0",
  thinks: "M10 16.5h4",
  doubted: "M9 17q3-2 6 0",
  caught: "M12 15v2.5",
};

export function Face({ mood }: { mood: Mood }) {
  return (
    <svg class={`icon face ${mood}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2v4M6 6h12l3 3v9l-3 3H6l-3-3V9z" />
      <path class="eyes" d="M8.5 10.5v1.5M15.5 10.5V12" />
      <path d={mouths[mood]} />
    </svg>
  );
}
