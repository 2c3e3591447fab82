import { generateSync } from 'otplib';

/** What an authenticator app shows: by its own defaults, as apps have them. */
export function codeAt(secret: string, nowMs: number): string {
  return generateSync({ secret, epoch: Math.floor(nowMs / 1000) });
}

/** Six digits that the app shows at none of the times near this one. */
export function wrongCodeAt(secret: string, nowMs: number): string {
  const near = new Set([-60, -30, 0, 30, 60, 90].map((seconds) => codeAt(secret, nowMs + seconds * 1000)));
  for (let number = 0; ; number += 1) {
    const code = String(number).padStart(6, '0');
    if (!near.has(code)) return code;
  }
}
