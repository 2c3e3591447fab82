import { Type, type Static } from 'typebox';
import { Category } from './event-words.ts';

/** A picture that Tessera draws itself. */
export const Picture = Type.Object(
  {
    id: Type.String(),
    path: Type.String(),
    category: Category,
    alt: Type.String({ description: 'What it shows, for who cannot see it.' }),
  },
  { title: 'Picture' },
);
export const PictureList = Type.Object({ data: Type.Array(Picture) }, { title: 'PictureList' });

export type Picture = Static<typeof Picture>;
