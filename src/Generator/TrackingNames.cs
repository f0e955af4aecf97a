namespace SdCompiler.Generator;

/// <summary>The name of every tracked step of the pipeline, in order; the incremental tests assert the reason of each.</summary>
internal static class TrackingNames
{
    /// <summary>Symbols to <see cref="Parsing.ParsedModel"/>, one for each annotated class.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The file names of models whose names differ only in case; empty in almost every project.</summary>
    public const string HintNames = nameof(HintNames);

    /// <summary>Whether the compilation references the runtime that emitted code calls.</summary>
    public const string Runtime = nameof(Runtime);

    /// <summary>Whether the compilation references the CUDA runtime.</summary>
    public const string CudaRuntime = nameof(CudaRuntime);

    /// <summary>The model without the places of its diagnostics: what the emitted file depends on, and nothing else.</summary>
    public const string Model = nameof(Model);

    /// <summary>Layers in classes that are no models; empty in almost every project.</summary>
    public const string StrayLayers = nameof(StrayLayers);

    /// <summary>The emitted file.</summary>
    public const string Compile = nameof(Compile);

    /// <summary>What the pipeline has to say, with places; no item for a model that is right.</summary>
    public const string Diagnostics = nameof(Diagnostics);
}
