import { element } from '/assets/dom.js';

/** Minutes in words; seconds only in the last minute. */
function leftText(seconds) {
  if (seconds < 60) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'} left`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}

/**
 * Shows how long a hold lasts: a line that shortens, and words. It counts from the seconds the server sent, by a clock
 * that does not jump, since the visitor's own may be wrong. Returns a function that stops it.
 */
function startCountdown({ line, words, seconds, totalSeconds, onEnd }) {
  const endMs = performance.now() + seconds * 1000;
  const bar = line.firstElementChild;
  const tick = () => {
    const leftSeconds = Math.max(0, Math.ceil((endMs - performance.now()) / 1000));
    const isLast = leftSeconds <= 60;
    bar.style.setProperty('transform', `scaleX(${Math.min(1, leftSeconds / Math.max(1, totalSeconds))})`);
    line.classList.toggle('last', isLast);
    words.classList.toggle('last-minute', isLast);
    words.textContent = leftText(leftSeconds);
    if (leftSeconds > 0) return;
    clearInterval(timer);
    onEnd();
  };
  const timer = setInterval(tick, 500);
  tick();
  return () => clearInterval(timer);
}

/** How long a booking is kept, as nodes to be shown; `stop` ends it. `onEnd` is called once, when the time is over. */
export function holdCountdown(booking, onEnd) {
  const line = element('div', { class: 'line' }, element('i'));
  // A screen reader is told when the hold ends, not every second.
  const words = element('p', { class: 'quiet', 'aria-live': 'off' });
  const seconds = booking.expires_in_seconds ?? 0;
  const totalSeconds = Math.max(seconds, (Date.parse(booking.expires_at) - Date.parse(booking.held_at)) / 1000);
  return { nodes: [line, words], stop: startCountdown({ line, words, seconds, totalSeconds, onEnd }) };
}
