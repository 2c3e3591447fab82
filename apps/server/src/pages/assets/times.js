/** "20:14", by the clock of who looks. */
export function clockText(iso) {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

/** "Saturday 28 November, 20:14" */
export function dayText(iso) {
  const format = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(iso)).replace(' at ', ', ');
}

export function ticketsText(count) {
  return `${count} ${count === 1 ? 'ticket' : 'tickets'}`;
}
