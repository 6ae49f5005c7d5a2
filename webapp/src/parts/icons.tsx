const paths = {
  back: "M15 5l-7 7 7 7",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  flag: "M6 21V4M6 5h12l-3 4 3 4H6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  enlarge: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  close: "M6 6l12 12M18 6L6 18",
  next: "M9 5l7 7-7 7",
  trophy: "M8 4h8v6a4 4 0 0 1-8 0zM8 6H4v1a4 4 0 0 0 4 4M16 6h4v1a4 4 0 0 1-4 4M12 14v4M8 20h8",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  question: "M9 9a3 3 0 1 1 4.2 2.7c-.9.5-1.2 1-1.2 2.1M12 17.5v.1M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z",
  share: "M12 15V4M8 7.5L12 3.5l4 4M5 12v7a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-7",
} as const;

export type IconName = keyof typeof paths;

export function Drawn({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export function Icon({ name }: { name: IconName }) {
  return <Drawn path={paths[name]} />;
}
