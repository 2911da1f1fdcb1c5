export {
  EXAMPLE_REPO,
  seedExample,
  type SeedExampleOptions,
} from './seedExample';
