import type { Role } from '../../http/contract.ts'
import type { PagePlace } from './page-place.ts'

/** Where operations have a port of their own, what is for programs is not here. */
const isApart = document.documentElement.dataset.operations === 'apart'

/** Pages that this city opens to none of a role, as `seat:/recordings`. */
const closed = document.documentElement.dataset.closed?.split(' ') ?? []

/** A page comes and goes with its folder: nothing else names it. */
const found = import.meta.glob<PagePlace>('../*/place.ts', { eager: true, import: 'place' })
const all = Object.values(found).toSorted((one, other) => one.order - other.order)

export const places = all.filter(place => !(isApart && place.for === 'programs'))

export const forCitizens = places.filter(place => place.for === 'citizens')

/** What somebody of this role works with; an admin may see all. */
export const placesOf = (role: Role): readonly PagePlace[] =>
  places.filter(place =>
    role === 'admin'
      ? place.for !== 'citizens'
      : Array.isArray(place.for) && place.for.includes(role) && !closed.includes(`${role}:${place.href}`),
  )

/** The place of the page that is open: `/orders/2601050000127` is of `/orders`. */
export const placeHere = (): PagePlace | undefined =>
  places.find(({ href }) => location.pathname === href || location.pathname.startsWith(`${href}/`))
