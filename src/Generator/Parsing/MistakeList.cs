using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>What is wrong with the model being read.</summary>
internal sealed class MistakeList
{
    private readonly List<DiagnosticInfo> _mistakes = [];

    /// <summary>Whether the model can be compiled: no error so far, neither ours nor one that C# itself reports.</summary>
    public bool IsRight { get; private set; } = true;

    public int Count => _mistakes.Count;

    public EquatableArray<DiagnosticInfo> ToArray() => new(_mistakes);

    public void Add(DiagnosticDescriptor descriptor, Location? location, params string[] arguments)
    {
        _mistakes.Add(new DiagnosticInfo(descriptor.Id, SourcePlace.Of(location), new EquatableArray<string>(arguments)));
        if (descriptor.DefaultSeverity == DiagnosticSeverity.Error)
        {
            IsRight = false;
        }
    }

    /// <summary>Something that C# itself reports (an argument that does not convert, a type that does not exist): nothing to add to it.</summary>
    public void LeaveToCSharp() => IsRight = false;
}
