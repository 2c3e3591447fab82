import { ROLE_NAMES } from '@tessera/contract';

/** From who may do everything to who may only look. */
export const ROLES = ROLE_NAMES;
export type Role = (typeof ROLES)[number];

/** What a route asks for. */
export type Permission =
  | 'organization.read'
  | 'organization.change'
  | 'members.read'
  | 'members.change'
  | 'actions.read'
  | 'events.read'
  | 'events.change'
  | 'stock.set_aside'
  | 'tickets.scan'
  | 'box_office.sell'
  | 'bookings.read'
  | 'refunds.create'
  | 'money.read'
  | 'attendees.read'
  | 'attendees.change'
  | 'tickets.read'
  | 'tickets.change'
  | 'tickets.keys'
  | 'keys.read'
  | 'keys.change'
  | 'data.purge';

const GRANTS: Readonly<Record<Permission, readonly Role[]>> = {
  'organization.read': ROLES,
  'organization.change': ['owner', 'admin'],
  'members.read': ['owner', 'admin', 'manager'],
  'members.change': ['owner', 'admin'],
  'actions.read': ['owner', 'admin', 'analyst'],
  'events.read': ROLES,
  'events.change': ['owner', 'admin', 'manager'],
  'stock.set_aside': ['owner', 'admin', 'manager', 'box_office'],
  'tickets.scan': ['owner', 'admin', 'manager', 'box_office', 'scanner'],
  'box_office.sell': ['owner', 'admin', 'manager', 'box_office'],
  'bookings.read': ['owner', 'admin', 'manager', 'box_office', 'analyst'],
  'refunds.create': ['owner', 'admin', 'manager'],
  'money.read': ['owner', 'admin', 'analyst'],
  'attendees.read': ['owner', 'admin', 'manager', 'box_office'],
  'attendees.change': ['owner', 'admin', 'manager', 'box_office'],
  'tickets.read': ['owner', 'admin', 'manager', 'box_office'],
  'tickets.change': ['owner', 'admin', 'manager', 'box_office'],
  'tickets.keys': ['owner', 'admin'],
  'keys.read': ['owner', 'admin'],
  'keys.change': ['owner', 'admin'],
  'data.purge': ['owner', 'admin'],
};

export const PERMISSIONS = Object.keys(GRANTS) as Permission[];

export function may(role: Role, permission: Permission): boolean {
  return GRANTS[permission].includes(role);
}

/** Who gives a role to whom: null is nobody yet, or nobody any more. */
export type RoleChange = { by: Role; before: Role | null; after: Role | null };

/** Only owners make and unmake owners: an admin who could would be one. */
export function mayChangeRole({ by, before, after }: RoleChange): boolean {
  return may(by, 'members.change') && (by === 'owner' || (before !== 'owner' && after !== 'owner'));
}

export function parseRole(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (!role) throw new Error(`${text} is no role.`);
  return role;
}
