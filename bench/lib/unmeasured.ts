/** A bench that cannot vouch for its figures says why and prints none. */
export class Unmeasured extends Error {}
