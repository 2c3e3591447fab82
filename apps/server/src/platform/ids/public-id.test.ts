import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ticketIdOf } from '@tessera/ticket-code';
import { formatCellId, formatId, formatTicketId, newUuid, parseCellId, parseId, parseTicketId, uuidFromText } from './index.ts';

const uuids = fc.uuid({ version: [4, 7] });

test('an id is written as in the examples of TypeID', () => {
  assert.equal(formatId('evt', '00000000-0000-0000-0000-000000000000'), 'evt_00000000000000000000000000');
  assert.equal(formatId('evt', 'ffffffff-ffff-ffff-ffff-ffffffffffff'), 'evt_7zzzzzzzzzzzzzzzzzzzzzzzzz');
  assert.equal(formatId('evt', '01890a5d-ac96-774b-bcce-b302099a8057'), 'evt_01h455vb4pex5vsknk084sn02q');
});

test('what was written is read again, and carries its event', () => {
  fc.assert(
    fc.property(uuids, uuids, (eventId, id) => {
      assert.equal(parseId('org', formatId('org', id)), id);
      assert.deepEqual(parseCellId('bkg', formatCellId('bkg', eventId, id)), { eventId, id });
    }),
  );
});

test('anything else is no id', () => {
  const good = formatId('evt', '01890a5d-ac96-774b-bcce-b302099a8057');
  const others = ['', 'evt_', good.slice(0, -1), `${good}0`, good.replace('evt', 'org'), good.toUpperCase(), good.replace('_', '-')];
  for (const text of [...others, good.replace('h', 'u'), good.replace('h', 'ü'), 'evt_8zzzzzzzzzzzzzzzzzzzzzzzzz']) {
    assert.equal(parseId('evt', text), null, text);
    assert.equal(parseCellId('bkg', text), null, text);
  }
});

test('ids are read in one way only: what is read is written the same', () => {
  const characters = fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyzilou-_');
  fc.assert(
    fc.property(fc.array(characters, { minLength: 26, maxLength: 26 }), (array) => {
      const text = `evt_${array.join('')}`;
      const uuid = parseId('evt', text);
      if (uuid !== null) assert.equal(formatId('evt', uuid), text);
    }),
  );
});

test('a ticket’s id carries its event, its booking and its number, as the package of the codes writes it', () => {
  fc.assert(
    fc.property(uuids, uuids, fc.integer({ min: 1, max: 32_767 }), (eventId, bookingId, number) => {
      const text = formatTicketId({ eventId, bookingId, number });
      assert.equal(text, ticketIdOf({ eventId, bookingId, number }));
      assert.equal(text.slice(0, -3), formatCellId('bkg', eventId, bookingId).replace('bkg', 'tkt'));
      assert.deepEqual(parseTicketId(text), { eventId, bookingId, number });
      for (const other of [
        text.slice(1),
        text.slice(0, -1),
        `${text}0`,
        text.toUpperCase(),
        `${text.slice(0, -3)}000`,
        `${text.slice(0, -1)}u`,
      ])
        assert.equal(parseTicketId(other), null, other);
    }),
  );
  for (const number of [0, 32_768, 1.5]) assert.throws(() => formatTicketId({ eventId: newUuid(1), bookingId: newUuid(1), number }));
});

test('a UUID from a text is always the same, and of version 8; a new one is of version 7 and never the same', () => {
  assert.equal(uuidFromText('a'), uuidFromText('a'));
  assert.notEqual(uuidFromText('a'), uuidFromText('b'));
  assert.match(uuidFromText('a'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(newUuid(1_795_249_665_547), /^01a1fd37-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newUuid(1), newUuid(1));
});
