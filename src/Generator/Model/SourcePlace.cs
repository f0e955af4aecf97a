using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SdCompiler.Generator.Model;

/// <summary>A place in a file that holds no syntax tree.</summary>
/// <param name="FilePath">The file, or empty when the place is not known.</param>
/// <param name="Span">In characters.</param>
/// <param name="Lines">In lines and columns.</param>
internal sealed record SourcePlace(string FilePath, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace None { get; } = new(string.Empty, default, default);

    public static SourcePlace Of(Location? location) => location?.SourceTree is SyntaxTree tree
        ? new SourcePlace(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : None;

    /// <summary>The place in its tree, so that <c>#pragma warning</c> works there; a place outside every tree when the file has changed since.</summary>
    public Location ToLocation(Compilation compilation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath == FilePath && Span.End <= tree.Length && tree.GetLineSpan(Span).Span == Lines)
            {
                return Location.Create(tree, Span);
            }
        }

        return FilePath.Length == 0 ? Location.None : Location.Create(FilePath, Span, Lines);
    }
}
