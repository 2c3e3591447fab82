import { adviceOf } from '/assets/advice.js';
import { element } from '/assets/dom.js';

/** Something to be told: `good`, `wait` or `stop`. What stops is read out at once. */
export function note(text, kind) {
  return element('p', { class: `note ${kind}`, role: kind === 'stop' ? 'alert' : 'status' }, text);
}

/** A button that does one thing at a time. What goes wrong is told in `place`. */
export function actionButton({ label, kind = '', act, place }) {
  const button = element('button', { type: 'button', class: kind }, label);
  button.addEventListener('click', async () => {
    if (button.disabled) return;
    button.disabled = true;
    place.replaceChildren();
    try {
      await act();
    } catch (error) {
      place.replaceChildren(note(adviceOf(error), 'stop'));
    } finally {
      button.disabled = false;
    }
  });
  return button;
}

/** A button for what cannot be taken back: it asks again before it does anything. */
export function carefulButton({ label, sure, never = 'No, keep it', warning, act, place }) {
  const first = element('button', { type: 'button' }, label);
  const box = element('div', { class: 'careful' }, first);
  const back = () => {
    box.replaceChildren(first);
    first.focus();
  };
  first.addEventListener('click', () => {
    const no = element('button', { type: 'button', onclick: back }, never);
    const text = typeof warning === 'function' ? warning() : warning;
    const yes = actionButton({ label: sure, kind: 'stop', act, place });
    box.replaceChildren(element('p', {}, text), element('div', { class: 'buttons' }, yes, no));
    no.focus();
  });
  return box;
}
