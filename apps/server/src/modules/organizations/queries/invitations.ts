import type { Queryable, Tx } from '../../../platform/db/index.ts';
import { parseRole, type Role } from '../roles.ts';

export type InvitationRow = {
  id: string;
  organizationId: string;
  emailSealed: Buffer;
  role: Role;
  /** Null: the platform. */
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
};

const COLUMNS = `id, organization_id as "organizationId", email_sealed as "emailSealed", role, invited_by as "invitedBy",
  created_at as "createdAt", expires_at as "expiresAt"`;

export async function insertInvitation(tx: Tx, row: InvitationRow & { tokenHash: Buffer }): Promise<void> {
  await tx.query(
    `insert into organizations.invitations (id, organization_id, token_hash, email_sealed, role, invited_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, row.organizationId, row.tokenHash, row.emailSealed, row.role, row.invitedBy, row.createdAt, row.expiresAt],
  );
}

export async function readInvitations(on: Queryable, organizationId: string, nowMs: number): Promise<InvitationRow[]> {
  const rows = await on.query<InvitationRow>(
    `select ${COLUMNS} from organizations.invitations where organization_id = $1 and expires_at > $2 order by created_at, id`,
    [organizationId, new Date(nowMs)],
  );
  return rows.map((row) => ({ ...row, role: parseRole(row.role) }));
}

/** Takes an invitation away, by its id or by its token; null if it was not there, or if another request was first. */
export async function takeInvitation(
  tx: Tx,
  by: { id: string; organizationId: string } | { tokenHash: Buffer; nowMs: number },
): Promise<InvitationRow | null> {
  const rows =
    'id' in by
      ? await tx.query<InvitationRow>(`delete from organizations.invitations where id = $1 and organization_id = $2 returning ${COLUMNS}`, [
          by.id,
          by.organizationId,
        ])
      : await tx.query<InvitationRow>(
          `delete from organizations.invitations where token_hash = $1 and expires_at > $2 returning ${COLUMNS}`,
          [by.tokenHash, new Date(by.nowMs)],
        );
  const [row] = rows;
  return row ? { ...row, role: parseRole(row.role) } : null;
}

/** Withdraws what a person who is no member any more has offered. */
export async function deleteInvitationsBy(tx: Tx, organizationId: string, personId: string): Promise<void> {
  await tx.query('delete from organizations.invitations where organization_id = $1 and invited_by = $2', [organizationId, personId]);
}

export async function countInvitations(tx: Tx, organizationId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    'select count(*)::int as count from organizations.invitations where organization_id = $1',
    [organizationId],
  );
  return rows[0]?.count ?? 0;
}
