import { element } from '/assets/dom.js';

const INPUTS = {
  text: { type: 'text', maxlength: '500' },
  number: { type: 'number', step: 'any' },
  date: { type: 'date' },
  email: { type: 'email', maxlength: '254', autocomplete: 'off' },
  phone: { type: 'tel', maxlength: '40', autocomplete: 'off' },
};

/** A question of the organizer as a field: `node` to be shown, `read` for the answer, undefined where there is none. */
export function answerField(question, { id, value, onChange }) {
  const field = fieldOf(question, { id, value });
  for (const input of field.inputs) input.addEventListener('change', onChange);
  const words = question.required ? `${question.label} *` : question.label;
  const help = question.help === '' ? [] : [element('p', { class: 'quiet' }, question.help)];
  const label = field.isGroup ? element('legend', {}, words) : element('label', { for: id }, words);
  return { node: element(field.isGroup ? 'fieldset' : 'div', { class: 'field' }, label, ...help, ...field.nodes), read: field.read };
}

function fieldOf(question, given) {
  switch (question.kind) {
    case 'choices':
      return boxesField(question, given);
    case 'choice':
      return selectField(question, given, question.options.map((option) => [option, option]));
    case 'yes_no':
      return yesNoField(question, given);
    case 'country':
      return selectField(question, given, countries());
    default:
      return textField(question, given);
  }
}

function requiredOf({ required }) {
  return required ? { required: '' } : {};
}

function textField(question, { id, value }) {
  const isLong = question.kind === 'long_text';
  const attributes = isLong ? { rows: '4', maxlength: '5000' } : (INPUTS[question.kind] ?? INPUTS.text);
  const input = element(isLong ? 'textarea' : 'input', { id, ...attributes, ...requiredOf(question) });
  input.value = value === undefined ? '' : String(value);
  const read = () => {
    const text = input.value.trim();
    if (text === '') return undefined;
    return question.kind === 'number' ? Number(text) : text;
  };
  return { nodes: [input], inputs: [input], read };
}

function selectField(question, { id, value }, options) {
  const choices = [['', 'Choose'], ...options].map(([code, words]) => element('option', { value: code, ...(code === value && { selected: '' }) }, words));
  const select = element('select', { id, ...requiredOf(question) }, ...choices);
  select.value = value ?? '';
  return { nodes: [select], inputs: [select], read: () => select.value || undefined };
}

function yesNoField(question, { id, value }) {
  const field = selectField(question, { id, value: value === undefined ? '' : value ? 'yes' : 'no' }, [
    ['yes', 'Yes'],
    ['no', 'No'],
  ]);
  const read = () => {
    const said = field.read();
    return said === undefined ? undefined : said === 'yes';
  };
  return { ...field, read };
}

function boxesField(question, { id, value = [] }) {
  const boxes = question.options.map((option, index) => {
    const box = element('input', { id: `${id}-${index}`, type: 'checkbox', ...(value.includes(option) && { checked: '' }) });
    return { option, box, node: element('label', { class: 'box', for: `${id}-${index}` }, box, option) };
  });
  const read = () => {
    const said = boxes.filter(({ box }) => box.checked).map(({ option }) => option);
    return said.length === 0 ? undefined : said;
  };
  return { nodes: boxes.map(({ node }) => node), inputs: boxes.map(({ box }) => box), read, isGroup: true };
}

/** Codes of two letters that the browser has a name of, and that are no groups of countries. */
function countries() {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((other) => one + other)).filter((code) => !['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ'].includes(code));
  const named = codes.map((code) => [code, names.of(code)]).filter(([, name]) => name);
  return named.sort(([, one], [, other]) => one.localeCompare(other));
}
