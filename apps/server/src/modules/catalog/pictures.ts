import type { Category } from './words.ts';

/** A picture that is drawn by the program itself: a family of patterns, in the colours of its category. */
export type ShippedPicture = { id: string; category: Category; family: PictureFamily; alt: string };

export type PictureFamily = 'waves' | 'bars' | 'rings' | 'grid' | 'curtain' | 'lanes' | 'steps' | 'quilt' | 'confetti' | 'beam';

/** The set that ships. An id is in addresses and rows: it never goes, and its picture never changes much. */
export const SHIPPED_PICTURES: readonly ShippedPicture[] = [
  { id: 'music-bars', category: 'music', family: 'bars', alt: 'Mosaic of columns that rise and fall like sound.' },
  { id: 'music-rings', category: 'music', family: 'rings', alt: 'Mosaic of rings around one point, like a record.' },
  { id: 'music-river', category: 'music', family: 'waves', alt: 'Mosaic of slow waves in warm colours.' },
  { id: 'conference-grid', category: 'conference', family: 'grid', alt: 'Mosaic of squares in blue and grey.' },
  { id: 'conference-steps', category: 'conference', family: 'steps', alt: 'Mosaic of steps that climb to the right.' },
  { id: 'conference-beam', category: 'conference', family: 'beam', alt: 'Mosaic of a beam of light on a wall.' },
  { id: 'theatre-curtain', category: 'theatre', family: 'curtain', alt: 'Mosaic of a red curtain in folds.' },
  { id: 'theatre-beam', category: 'theatre', family: 'beam', alt: 'Mosaic of a spotlight on a stage.' },
  { id: 'theatre-night', category: 'theatre', family: 'waves', alt: 'Mosaic of red hills in the evening.' },
  { id: 'sport-lanes', category: 'sport', family: 'lanes', alt: 'Mosaic of lanes that run side by side.' },
  { id: 'sport-rings', category: 'sport', family: 'rings', alt: 'Mosaic of green rings, like a target.' },
  { id: 'workshop-steps', category: 'workshop', family: 'steps', alt: 'Mosaic of stairs in the colours of wood.' },
  { id: 'workshop-quilt', category: 'workshop', family: 'quilt', alt: 'Mosaic of patches sewn together.' },
  { id: 'workshop-grid', category: 'workshop', family: 'grid', alt: 'Mosaic of squares like tiles on a bench.' },
  { id: 'community-quilt', category: 'community', family: 'quilt', alt: 'Mosaic of a quilt of many greens.' },
  { id: 'community-confetti', category: 'community', family: 'confetti', alt: 'Mosaic of scattered paper after a street party.' },
  { id: 'family-confetti', category: 'family', family: 'confetti', alt: 'Mosaic of bright confetti.' },
  { id: 'family-hills', category: 'family', family: 'waves', alt: 'Mosaic of round hills in bright colours.' },
  { id: 'food-rings', category: 'food', family: 'rings', alt: 'Mosaic of rings, like a plate seen from above.' },
  { id: 'food-quilt', category: 'food', family: 'quilt', alt: 'Mosaic of a checked tablecloth.' },
  { id: 'film-beam', category: 'film', family: 'beam', alt: 'Mosaic of the light of a projector.' },
  { id: 'film-bars', category: 'film', family: 'bars', alt: 'Mosaic of a skyline at night.' },
  { id: 'other-waves', category: 'other', family: 'waves', alt: 'Mosaic of waves in stone and blue.' },
  { id: 'other-lanes', category: 'other', family: 'lanes', alt: 'Mosaic of long stripes in stone and blue.' },
];

const paths = new Set(SHIPPED_PICTURES.map(({ id }) => picturePath(id)));

export function picturePath(id: string): string {
  return `/pictures/${id}.svg`;
}

/** Whether a text is the path of a picture that ships. */
export function isShippedPicture(path: string): boolean {
  return paths.has(path);
}
