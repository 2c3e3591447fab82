import { element } from '/assets/dom.js';
import { note } from '/assets/note.js';
import { adviceOf } from '/assets/advice.js';
import { knownUntil } from '/assets/session.js';
import { dayText } from '/assets/times.js';
import { readContact, setContact } from '/assets/tickets-api.js';

/** Asks for the address under which a buyer finds their tickets again: a browser knows them for some days only. */
export async function contactSection(ids) {
  const known = await readContact(ids).catch(() => null);
  const until = knownUntil(ids);
  const input = element('input', { id: 'contact', type: 'email', autocomplete: 'email', maxlength: '254', required: '' });
  input.value = known?.email ?? '';
  const button = element('button', {}, known ? 'Change' : 'Keep');
  const told = element('div', { 'aria-live': 'polite' });
  const form = element('form', { class: 'contact' }, element('label', { for: 'contact' }, 'Your mail address'), element('div', { class: 'with-button' }, input, button), told);
  const why = known
    ? 'With it “Find my tickets” mails you a link, on any device.'
    : `This browser knows you ${until ? `until ${dayText(until)}` : 'for some days'}. With your address “Find my tickets” mails you a link afterwards, on any device. Nothing else is sent.`;
  form.addEventListener('submit', async (submit) => {
    submit.preventDefault();
    button.disabled = true;
    try {
      await setContact(ids, input.value.trim());
      told.replaceChildren(note('Kept. “Find my tickets” mails a link to this address.', 'good'));
    } catch (error) {
      told.replaceChildren(note(adviceOf(error), 'stop'));
    }
    button.disabled = false;
  });
  return element('section', {}, element('h2', {}, 'Find your tickets again'), element('p', { class: 'quiet' }, why), form);
}
