namespace SdCompiler;

/// <summary>Where a tensor lies in a safetensors file; checked against the file's length.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">Its dimensions, slowest first.</param>
/// <param name="Offset">Bytes from the beginning of the file.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record TensorEntry(string Name, long[] Shape, long Offset, long Bytes);
