namespace SdCompiler.Runtime.Cuda;

/// <summary>Products step by step whose inner length is what a site keeps.</summary>
/// <param name="Site">The site.</param>
/// <param name="First">The first step.</param>
/// <param name="End">One behind the last.</param>
/// <param name="MultiplyAddsOfUnit">Multiply-adds of one kept unit at one step.</param>
internal readonly record struct KeptChain(int Site, int First, int End, long MultiplyAddsOfUnit);
