using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Descriptors: the project, and the generator itself.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "SDC0200",
        "The language version is below 13",
        "Model '{0}' is compiled as C# {1}, which has no partial properties; set <LangVersion>13</LangVersion> (or later) in the project",
        "SdCompiler.Build",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0200");

    public static readonly DiagnosticDescriptor RuntimeMissing = new(
        "SDC0201",
        "The runtime is not referenced",
        "Model '{0}' cannot be compiled, because SdCompiler.Runtime is not referenced; add the package or the project to this project",
        "SdCompiler.Build",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0201");

    public static readonly DiagnosticDescriptor CudaRuntimeMissing = new(
        "SDC0202",
        "The CUDA runtime is not referenced",
        "Model '{0}' asks for Backends.Cuda, but SdCompiler.Runtime.Cuda is not referenced; add it to this project, or remove Backends.Cuda",
        "SdCompiler.Build",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0202");

    public static readonly DiagnosticDescriptor InternalError = new(
        "SDC9000",
        "The generator failed",
        "Model '{0}' could not be compiled, because of a mistake in SdCompiler: {1}; please report it with the model",
        "SdCompiler.Build",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc9000");
}
