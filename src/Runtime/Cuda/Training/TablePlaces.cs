namespace SdCompiler.Runtime.Cuda;

/// <summary>Where the distinct tokens of one embedding lie in a step's input, in words of 4 bytes.</summary>
/// <param name="Count">One number: how many distinct tokens the window has.</param>
/// <param name="Tokens">[most] the distinct tokens, in the order of first occurrence.</param>
/// <param name="Starts">[most + 1] where the positions of each begin.</param>
/// <param name="Positions">[T*B] positions t*B + b, token by token, ascending.</param>
/// <param name="Most">The most distinct tokens of a window.</param>
internal readonly record struct TablePlaces(int Count, int Tokens, int Starts, int Positions, int Most);
