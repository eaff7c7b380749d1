import { type CityView, cityViewSchema } from '../../city/api.ts'
import { type Routes, refusals } from '../route.ts'

export const cityRoutes =
  ({ city }: { readonly city: CityView }): Routes =>
  app => {
    app.get(
      '/city',
      {
        config: { roles: ['seat', 'dispatcher', 'supervisor', 'unit'], trail: 'nothing' },
        schema: {
          tags: ['city'],
          summary: 'Show where the house is',
          description: 'The city, its time zone and the limits that it sets.',
          response: { 200: cityViewSchema, ...refusals() },
        },
      },
      async () => city,
    )
  }
