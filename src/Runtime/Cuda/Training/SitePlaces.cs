namespace SdCompiler.Runtime.Cuda;

/// <summary>Where the masks of one site lie in a step's input, in words of 4 bytes.</summary>
/// <param name="Scale">One float: what kept units are multiplied by.</param>
/// <param name="Counts">[T] kept units of each step.</param>
/// <param name="Kept">[T][units]: the kept units of each step, ascending; for structured sites alone.</param>
/// <param name="Bits">[T][rows][ceil(units/32)]: one bit for each unit, 1 where it is kept; one row where the batch shares the mask, else B.</param>
/// <param name="BitRows">1 or B.</param>
/// <param name="BitWords">Words of one row of bits.</param>
internal readonly record struct SitePlaces(int Scale, int Counts, int Kept, int Bits, int BitRows, int BitWords);
