export const name: string = "ipa";
