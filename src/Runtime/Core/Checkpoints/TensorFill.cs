using System;

namespace SdCompiler;

/// <summary>Writes a tensor's values, row-major.</summary>
/// <param name="values">Exactly as many floats as the tensor has.</param>
internal delegate void TensorFill(Span<float> values);
