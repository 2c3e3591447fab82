import { readAudit, readEvent } from '/assets/api.js';
import { element } from '/assets/dom.js';

const place = document.getElementById('audit');
const { event: eventId } = place.dataset;
const number = new Intl.NumberFormat('en');

function verdict(audit) {
  if (audit.verdict === 'clean') return element('h2', { class: 'clean' }, '✓ The books agree: nothing was oversold.');
  return element('h2', { class: 'broken' }, '✗ The books do not agree. The operator should stop the sale and look.');
}

function cells(stock) {
  const left = stock.capacity - stock.held - stock.sold - stock.set_aside;
  return [stock.capacity, stock.held, stock.sold, stock.set_aside, left].map((count) => element('td', {}, number.format(count)));
}

function table(stocks, names) {
  const head = ['Ticket type', 'Capacity', 'Held', 'Sold', 'Set aside', 'Left'].map((text) => element('th', { scope: 'col' }, text));
  const rows = stocks.map((stock) => element('tr', {}, element('th', { scope: 'row' }, names.get(stock.id) || 'Behind an access code'), ...cells(stock)));
  return element('div', {}, element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)));
}

function problems(audit) {
  return audit.problems.map((problem) => element('p', { class: 'note stop' }, `${problem.code}: ${problem.detail}`));
}

async function run() {
  const event = await readEvent(eventId, '');
  const audit = await readAudit(eventId);
  const names = new Map(event.ticket_types.map((type) => [type.id, type.name]));
  const checked = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' }).format(new Date(audit.checked_at));
  place.replaceChildren(verdict(audit), element('p', { class: 'quiet' }, `Counted on ${checked}.`), ...problems(audit), table(audit.ticket_types, names));
}

run().catch(() => {
  place.replaceChildren(element('p', { class: 'note stop', role: 'alert' }, 'The audit could not be read just now. Reload the page to try again.'));
});
