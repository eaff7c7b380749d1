import { cityViewSchema } from '../../city/api.ts'
import { type Routes, refusals } from '../route.ts'

export const cityRoutes: Routes = (app, { doors }) => {
  app.get(
    '/city',
    {
      config: { roles: ['seat', 'supervisor', 'unit'] },
      schema: {
        tags: ['city'],
        summary: 'Show where the house is',
        description: 'The city, its time zone and the limits that it sets.',
        response: { 200: cityViewSchema, ...refusals() },
      },
    },
    async () => doors.city,
  )
}
