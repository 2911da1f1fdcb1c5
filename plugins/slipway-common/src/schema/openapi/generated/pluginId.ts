export const pluginId = 'slipway';
