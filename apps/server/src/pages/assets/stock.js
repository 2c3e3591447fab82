const number = new Intl.NumberFormat('en');

/** Puts what is left into the rows of ticket types that only stock decides about; a row that sold out can be chosen from again once there is something. */
export function showStock(rows, types) {
  for (const row of rows) {
    const type = types.find((one) => one.id === row.dataset.type);
    const left = row.querySelector('.left');
    if (!type || left.dataset.left === undefined) continue;
    left.dataset.left = String(type.left);
    left.textContent = type.left === 0 ? 'Sold out' : `${number.format(type.left)} left`;
    const quantity = row.querySelector('.quantity');
    // A number that stands there already is the buyer's to change.
    quantity.disabled = type.left === 0 && Number(quantity.value) === 0;
  }
}

/** Whether nothing on the page can be chosen. */
export function hasNothingToChoose(rows) {
  return rows.every((row) => row.querySelector('.quantity').disabled);
}

/** Whether stock alone is why. */
export function isSoldOut(rows) {
  return rows.length > 0 && rows.every((row) => row.querySelector('.left').dataset.left === '0');
}
