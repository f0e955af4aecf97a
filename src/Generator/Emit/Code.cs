namespace SdCompiler.Generator.Emit;

/// <summary>Pieces of source that several emitters use.</summary>
internal static class Code
{
    /// <summary>Marks emitted types, so that coverage and analyzers leave them out.</summary>
    public static readonly string Attribute =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"SdCompiler.Generator\", \"{typeof(Code).Assembly.GetName().Version}\")]";
}
