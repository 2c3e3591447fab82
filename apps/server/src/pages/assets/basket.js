/** What stands in the form of an event's page: its ticket types in their rows, and the promo code. */
export function readBasket(form, accessCode) {
  const lines = [...form.querySelectorAll('.type')].map(readLine).filter((line) => line.quantity > 0);
  const promoCode = (form.querySelector('.promo-code')?.value ?? '').trim();
  return { lines, ...(promoCode ? { promo_code: promoCode } : {}), ...(accessCode ? { access_code: accessCode } : {}) };
}

function readLine(row) {
  const line = { ticket_type_id: row.dataset.type, quantity: Number(row.querySelector('.quantity').value) };
  const gift = row.querySelector('input.gift');
  return gift ? { ...line, unit_price_minor: Math.round(Number(gift.value) * 10 ** Number(gift.dataset.digits)) } : line;
}

/** The ids of the ticket types with their names, in the order of the page. */
export function namesOf(form) {
  return new Map([...form.querySelectorAll('.type')].map((row) => [row.dataset.type, row.dataset.name]));
}
