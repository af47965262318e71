/** The marks of the companies people sign in with. Decoration: the name always stands beside it. */

import { KeyRound } from "lucide-react";
import type { ReactNode } from "react";

const MARKS: Record<string, { box: number; shapes: ReactNode }> = {
  google: {
    box: 48,
    shapes: (
      <>
        <path
          fill="#EA4335"
          d="M24 9.5c3.54 0 6.71 1.22 9.21 3.6l6.85-6.85C35.9 2.38 30.47 0 24 0 14.62 0 6.51 5.38 2.56 13.22l7.98 6.19C12.43 13.72 17.74 9.5 24 9.5z"
        />
        <path
          fill="#4285F4"
          d="M46.98 24.55c0-1.57-.15-3.09-.38-4.55H24v9.02h12.94c-.58 2.96-2.26 5.48-4.78 7.18l7.73 6c4.51-4.18 7.09-10.36 7.09-17.65z"
        />
        <path
          fill="#FBBC05"
          d="M10.53 28.59c-.48-1.45-.76-2.99-.76-4.59s.27-3.14.76-4.59l-7.98-6.19C.92 16.46 0 20.12 0 24c0 3.88.92 7.54 2.56 10.78l7.97-6.19z"
        />
        <path
          fill="#34A853"
          d="M24 48c6.48 0 11.93-2.13 15.89-5.81l-7.73-6c-2.15 1.45-4.92 2.3-8.16 2.3-6.26 0-11.57-4.22-13.47-9.91l-7.98 6.19C6.51 42.62 14.62 48 24 48z"
        />
      </>
    ),
  },
  microsoft: {
    box: 21,
    shapes: (
      <>
        <path fill="#F25022" d="M0 0h10v10H0z" />
        <path fill="#7FBA00" d="M11 0h10v10H11z" />
        <path fill="#00A4EF" d="M0 11h10v10H0z" />
        <path fill="#FFB900" d="M11 11h10v10H11z" />
      </>
    ),
  },
  linkedin: {
    box: 24,
    shapes: (
      <>
        <rect width="24" height="24" rx="3" fill="#0A66C2" />
        <path
          fill="#FFF"
          d="M20.4 20.4h-3.5v-5.6c0-1.3 0-3-1.9-3s-2.1 1.4-2.1 2.9v5.7H9.4V9h3.4v1.6c.5-.9 1.6-1.9 3.4-1.9 3.6 0 4.3 2.4 4.3 5.5zM5.3 7.4a2.1 2.1 0 1 1 0-4.2 2.1 2.1 0 0 1 0 4.2zm1.8 13H3.6V9h3.5z"
        />
      </>
    ),
  },
  facebook: {
    box: 24,
    shapes: (
      <>
        <circle cx="12" cy="12" r="12" fill="#0866FF" />
        <path
          fill="#FFF"
          d="M16.7 15.5l.5-3.5h-3.3V9.8c0-1 .5-1.9 2-1.9h1.5v-3s-1.4-.2-2.7-.2c-2.7 0-4.5 1.7-4.5 4.7V12h-3v3.5h3v8.4a12 12 0 0 0 3.7 0v-8.4z"
        />
      </>
    ),
  },
};

export function ProviderMark({ provider, size = 18 }: { provider: string; size?: number }) {
  const mark = MARKS[provider];
  if (mark === undefined) return <KeyRound size={size} aria-hidden />;
  return (
    <svg width={size} height={size} viewBox={`0 0 ${mark.box} ${mark.box}`} aria-hidden="true">
      {mark.shapes}
    </svg>
  );
}
