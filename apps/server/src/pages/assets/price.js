import { element, priceText } from '/assets/dom.js';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 4 });

/** How the total of a quote or a booking comes about, as rows of a table: lines, discount, fees, taxes, total, and what the total includes. */
export function priceTable({ lines, charges, total_minor: total }, names, money) {
  const row = (words, minor, kind = '') =>
    element('tr', { class: kind }, element('th', { scope: 'row' }, words), element('td', {}, amountText(minor, money)));
  const taxText = (tax) => `${tax.name} ${percent.format(tax.rate_ppm / 1_000_000)}`;
  const { discount_minor: discount = 0, fees = [], taxes = [] } = charges ?? {};
  return element(
    'table',
    {},
    ...listed(lines, charges, names).map((line) => row(lineText(line, names), line.quantity * line.priceMinor)),
    ...(discount > 0 ? [row('Promo code', -discount)] : []),
    ...fees.map((fee) => row(fee.name, fee.amount_minor)),
    ...taxes.filter((tax) => !tax.included && tax.amount_minor > 0).map((tax) => row(taxText(tax), tax.amount_minor)),
    row('Total', total, 'total'),
    ...taxes.filter((tax) => tax.included && tax.amount_minor > 0).map((tax) => row(`including ${taxText(tax)}`, tax.amount_minor, 'quiet')),
  );
}

/** Lines at the prices before a promo code, in the order of the page. */
function listed(lines, charges, names) {
  const ids = [...names.keys()];
  return lines
    .map(({ ticket_type_id: id, quantity, unit_price_minor: price }, index) => {
      const origin = charges?.lines[index];
      return { id, quantity, priceMinor: origin?.list_price_minor ?? price, tier: origin?.tier ?? null };
    })
    .sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

function lineText({ id, quantity, tier }, names) {
  const name = names.get(id) ?? 'Ticket';
  return `${quantity} × ${tier === null ? name : `${name}, ${tier}`}`;
}

function amountText(minor, money) {
  return minor < 0 ? `−${priceText(-minor, money)}` : priceText(minor, money);
}
