// The page « Mes envois ».

export const mount = async () => {};
