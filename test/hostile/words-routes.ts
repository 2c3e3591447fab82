import type { Writes } from './route.ts';
import type { World } from './world.ts';

const ownHouse = ({ house }: World): string => house;

/** What a change of words records is not counted: only the change knows whether it changed anything. */
const action: Writes = { 'organizations.actions': 1 };

/** About the person's own house and its draft. */
export const wordsRoutes = [
  { method: 'GET', path: '/api/v1/pictures', auth: 'none' },
  { method: 'GET', path: '/api/v1/organizations/by-slug/{slug}', auth: 'none' },
  { method: 'PATCH', path: '/api/v1/organizations/{id}/profile', auth: 'person', id: ownHouse, body: profile },
  { method: 'GET', path: '/api/v1/organizations/{id}/venues', auth: 'person', id: ownHouse },
  {
    method: 'POST',
    path: '/api/v1/organizations/{id}/venues',
    auth: 'person',
    id: ownHouse,
    body: venue,
    writes: { 'catalog.venues': 1, ...action },
  },
  { method: 'GET', path: '/api/v1/organizations/{id}/venues/{venue_id}', auth: 'person', id: ownHouse },
  { method: 'PATCH', path: '/api/v1/organizations/{id}/venues/{venue_id}', auth: 'person', id: ownHouse, body: venue },
  { method: 'DELETE', path: '/api/v1/organizations/{id}/venues/{venue_id}', auth: 'person', id: ownHouse },
  { method: 'GET', path: '/api/v1/organizations/{id}/events', auth: 'person', id: ownHouse },
  { method: 'GET', path: '/api/v1/organizations/{id}/events/{event_id}', auth: 'person', id: ownHouse },
  { method: 'PATCH', path: '/api/v1/organizations/{id}/events/{event_id}', auth: 'person', id: ownHouse, body: eventWords },
  { method: 'GET', path: '/api/v1/organizations/{id}/events/{event_id}/questions', auth: 'person', id: ownHouse },
  {
    method: 'POST',
    path: '/api/v1/organizations/{id}/events/{event_id}/questions',
    auth: 'person',
    id: ownHouse,
    body: question,
    writes: { 'catalog.questions': 1, ...action },
  },
  {
    method: 'PATCH',
    path: '/api/v1/organizations/{id}/events/{event_id}/questions/{question_id}',
    auth: 'person',
    id: ownHouse,
    body: () => ({ label: 'Which?', help: '', options: ['One', 'Other'], required: true, position: 3 }),
  },
  { method: 'DELETE', path: '/api/v1/organizations/{id}/events/{event_id}/questions/{question_id}', auth: 'person', id: ownHouse },
] as const;

function venue(): unknown {
  return {
    name: 'Hall',
    city: 'Vienna',
    address_lines: ['Street 1'],
    postal_code: '1010',
    country: 'AT',
    latitude: 48.2,
    longitude: 16.4,
    time_zone: 'Europe/Vienna',
  };
}

function profile(): unknown {
  return {
    imprint: 'House',
    terms: 'Terms',
    refund_policy: 'None',
    privacy_url: 'https://house.example/privacy',
    contact_email: 'house@house.example',
    website: 'https://house.example',
    accent_colour: '#b9472e',
    logo: '/pictures/music-bars.svg',
  };
}

function eventWords(): unknown {
  return {
    title: 'A draft',
    summary: 'Short',
    description: 'Long',
    languages: ['de-AT', 'en'],
    category: 'music',
    tags: ['jazz', 'late'],
    picture: '/pictures/music-rings.svg',
    place: 'both',
    venue: { name: 'Hall', city: 'Vienna', address_lines: ['Street 1'], country: 'AT', latitude: 48.2, longitude: 16.4 },
    online_url: 'https://house.example/stream',
    time_zone: 'Europe/Vienna',
    starts_at_local: '2099-05-01T18:00',
    starts_at_fold: 'earlier',
    ends_at: '2099-05-02T22:00:00Z',
    doors_at: null,
    days: [{ title: 'First', starts_at_local: '2099-05-01T18:00', ends_at: '2099-05-01T22:00:00Z' }],
    terms: 'Terms',
    refund_policy: null,
    move_reason: 'None',
  };
}

function question(): unknown {
  return {
    label: 'Which?',
    help: '',
    kind: 'choice',
    options: ['One', 'Other'],
    required: true,
    asked_per: 'ticket',
    ticket_type_ids: [],
    position: 1,
  };
}
