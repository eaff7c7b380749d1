import { type Routes, refusals } from '../route.ts'
import { type FeatureShown, featureListSchema } from './api.ts'

export const featureRoutes =
  ({ features }: { readonly features: readonly FeatureShown[] }): Routes =>
  app => {
    app.get(
      '/features',
      {
        config: { roles: ['supervisor', 'auditor'], trail: 'nothing' },
        schema: {
          tags: ['rules'],
          summary: 'List what is switched on',
          description:
            'Of each the setting that says so, and what it says as of the last start; of an address the host alone, and never a secret.',
          response: { 200: featureListSchema, ...refusals() },
        },
      },
      async () => ({ features }),
    )
  }
