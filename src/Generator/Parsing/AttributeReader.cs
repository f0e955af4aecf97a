using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SdCompiler.Generator.Parsing;

/// <summary>The arguments of one attribute, by name, and where each of them is written.</summary>
internal sealed class AttributeReader
{
    private readonly AttributeData _attribute;
    private readonly AttributeSyntax? _syntax;

    public AttributeReader(AttributeData attribute, CancellationToken cancellationToken)
    {
        _attribute = attribute;
        _syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
    }

    /// <summary>The attribute's own place: that of its name when it has no arguments to blame.</summary>
    public Location? Location => _syntax?.GetLocation();

    /// <summary>The place of the attribute's name.</summary>
    public Location? NameLocation => _syntax?.Name.GetLocation();

    /// <summary>Whether C# could not bind the attribute; it says so itself.</summary>
    public bool HasErrors =>
        _attribute.AttributeConstructor is null
        || _attribute.ConstructorArguments.Any(IsError)
        || _attribute.NamedArguments.Any(argument => IsError(argument.Value));

    /// <summary>Whether the argument is written.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The argument's value, or <paramref name="otherwise"/> when it is not written (or does not fit, which C# reports).</summary>
    public T Get<T>(string name, T otherwise) => Find(name) is TypedConstant { Kind: not TypedConstantKind.Array, Value: T value } ? value : otherwise;

    /// <summary>Whether the argument is a text, where the attribute's constructors also take a number.</summary>
    public bool IsText(string name) => ParameterIndex(name) is >= 0 and int index
        && _attribute.AttributeConstructor!.Parameters[index].Type.SpecialType == SpecialType.System_String;

    /// <summary>The elements of an array argument.</summary>
    public ImmutableArray<string> GetNames(string name) => Find(name) is TypedConstant { Kind: TypedConstantKind.Array, IsNull: false } array
        ? array.Values.Select(value => value.Value as string ?? string.Empty).ToImmutableArray()
        : [];

    /// <summary>Where the argument is written, such as <c>RecurrentDropout = 1.5</c>; the attribute where it is not.</summary>
    public Location? LocationOf(string name) => Argument(name)?.GetLocation() ?? NameLocation;

    /// <summary>Where an element of a <c>params</c> argument is written.</summary>
    public Location? LocationOf(string name, int element)
    {
        int first = ParameterIndex(name);
        AttributeArgumentSyntax[] positional = Positional();
        if (first < 0 || first + element >= positional.Length
            || positional[first].Expression is ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax)
        {
            return LocationOf(name);
        }

        return positional[first + element].GetLocation();
    }

    private static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error || (constant.Kind == TypedConstantKind.Array && !constant.IsNull && constant.Values.Any(IsError));

    private TypedConstant? Find(string name)
    {
        foreach (System.Collections.Generic.KeyValuePair<string, TypedConstant> argument in _attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        int index = ParameterIndex(name);
        return index >= 0 && index < _attribute.ConstructorArguments.Length ? _attribute.ConstructorArguments[index] : null;
    }

    private int ParameterIndex(string name)
    {
        ImmutableArray<IParameterSymbol> parameters = _attribute.AttributeConstructor?.Parameters ?? [];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private AttributeArgumentSyntax? Argument(string name)
    {
        if (_syntax?.ArgumentList is not AttributeArgumentListSyntax list)
        {
            return null;
        }

        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == name || argument.NameColon?.Name.Identifier.ValueText == name)
            {
                return argument;
            }
        }

        int index = ParameterIndex(name);
        AttributeArgumentSyntax[] positional = Positional();
        return index >= 0 && index < positional.Length ? positional[index] : null;
    }

    private AttributeArgumentSyntax[] Positional() =>
        _syntax?.ArgumentList?.Arguments.Where(argument => argument.NameEquals is null && argument.NameColon is null).ToArray() ?? [];
}
