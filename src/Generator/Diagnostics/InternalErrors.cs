using System;
using System.Linq;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Diagnostics;

/// <summary>An exception of ours as one message on one line.</summary>
internal static class InternalErrors
{
    public static DiagnosticInfo Of(string model, Exception exception) => DiagnosticInfo.Unplaced(
        DiagnosticDescriptors.InternalError, model, exception.GetType().Name + ": " + (exception.Message.Split('\r', '\n').FirstOrDefault() ?? string.Empty));
}
