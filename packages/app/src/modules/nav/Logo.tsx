/** A hull on its way down the slipway. Drawn in the colour of the text around it. */
export function Logo(props: { height: number }) {
  return (
    <svg
      aria-hidden
      fill="currentColor"
      height={props.height}
      viewBox="0 0 32 32"
      width={props.height}
    >
      <path d="M9 13h14l-3.2 7.4L9.6 18z" />
      <path d="M15 4h2v8h-2zM17 4l6 4-6 2z" />
      <path d="M2 18l28 7v3L2 21z" opacity={0.6} />
    </svg>
  );
}
