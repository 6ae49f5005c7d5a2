/** Three numbers in a row, each with its name. */
export function Figures({ shown }: { shown: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl class="stats">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
