import { element, priceText } from '/assets/dom.js';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 4 });

/** How the total of a quote or a booking comes about, as rows of a table: lines, discount, fees, taxes, total, and what the total includes. */
export function priceTable({ lines, charges, total_minor: total, currency }, nameOf) {
  const row = (words, minor, kind = '') =>
    element('tr', { class: kind }, element('th', { scope: 'row' }, words), element('td', {}, amountText(minor, currency)));
  const taxText = (tax) => `${tax.name} ${percent.format(tax.rate_ppm / 1_000_000)}`;
  const { discount_minor: discount = 0, fees = [], taxes = [], lines: origins = [] } = charges ?? {};
  return element(
    'table',
    {},
    ...lines.map((line, index) => row(lineText(line, origins[index], nameOf), line.quantity * (origins[index]?.list_price_minor ?? line.unit_price_minor))),
    ...(discount > 0 ? [row('Promo code', -discount)] : []),
    ...fees.map((fee) => row(fee.name, fee.amount_minor)),
    ...taxes.filter((tax) => !tax.included && tax.amount_minor > 0).map((tax) => row(taxText(tax), tax.amount_minor)),
    row('Total', total, 'total'),
    ...taxes.filter((tax) => tax.included && tax.amount_minor > 0).map((tax) => row(`of it ${taxText(tax)}`, tax.amount_minor, 'quiet')),
  );
}

function lineText({ ticket_type_id: id, quantity }, origin, nameOf) {
  const name = nameOf(id);
  return `${quantity} × ${origin?.tier ? `${name}, ${origin.tier}` : name}`;
}

function amountText(minor, currency) {
  return minor < 0 ? `−${priceText(-minor, currency)}` : priceText(minor, currency);
}
