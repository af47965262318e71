/** The product's mark. */

export function Brand({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--c-accent)" />
      <path
        d="M7 11.5l4 10 5-9 5 9 4-10"
        fill="none"
        stroke="var(--c-on-solid)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
