using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SdCompiler.Generator.Model;

/// <summary>A diagnostic without symbols: travels on its own branch of the pipeline.</summary>
/// <param name="Id">The descriptor's id, such as SDC0004.</param>
/// <param name="FilePath">The file.</param>
/// <param name="Span">The place in the file, in characters.</param>
/// <param name="Lines">The place in lines and columns.</param>
/// <param name="Arguments">What the message names.</param>
internal sealed record DiagnosticInfo(string Id, string FilePath, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments);
