/** Whether a text is an IANA time zone. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are accepted by Intl, but they are no place: summer time would be wrong.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
