using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Graph;

/// <summary>A place where dropout acts in at least one variant.</summary>
/// <param name="Layer">The layer, by its position in the graph's list; part of the key of its draws.</param>
/// <param name="Kind">Input, recurrent or output.</param>
/// <param name="Dropout">Rate and own pattern.</param>
/// <param name="Constant">The constant of its number in the emitted file.</param>
/// <param name="Units">Units of the masked vector; 0 until shapes are inferred.</param>
internal sealed record SiteInfo(int Layer, DropoutSites Kind, DropoutModel Dropout, string Constant, int Units);
