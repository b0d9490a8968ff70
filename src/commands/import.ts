import { Command } from 'commander'
export const importCommand = () => new Command('import')
export const exportCommand = () => new Command('export')
