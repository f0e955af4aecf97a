using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Diagnostics;
using SdCompiler.Generator.Model;

namespace SdCompiler.Generator.Parsing;

/// <summary>The training variants: members of an enum, or the class's own pattern.</summary>
internal sealed class VariantReader(INamedTypeSymbol model, AttributeReader attribute, MistakeList mistakes, CancellationToken cancellationToken)
{
    /// <summary>The variants enum as emitted code names it, or null.</summary>
    public string? TypeName { get; private set; }

    /// <summary>The variants; for a model without an enum one that has no name and the class's pattern.</summary>
    public EquatableArray<VariantModel> Read()
    {
        ArgumentReader read = new(model.Name, attribute, mistakes);
        if (attribute.Get<ITypeSymbol?>("Variants", null) is not ITypeSymbol type)
        {
            return new([new VariantModel(
                string.Empty, read.Enum("Pattern", DropoutPattern.Structured), DropoutSites.All, read.Enum("Sampling", MaskSampling.FixedCount))]);
        }

        foreach (string argument in new[] { "Pattern", "Sampling" }.Where(attribute.Has))
        {
            mistakes.Add(DiagnosticDescriptors.ClassPatternWithVariants, attribute.LocationOf(argument), model.Name, argument, Texts.Of(type));
        }

        if (type.TypeKind == TypeKind.Error)
        {
            mistakes.LeaveToCSharp();
            return default;
        }

        Location? place = attribute.LocationOf("Variants");
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Enum, IsUnboundGenericType: false } variants || IsGeneric(type))
        {
            mistakes.Add(DiagnosticDescriptors.VariantsNotEnum, place, model.Name, Texts.Of(type));
            return default;
        }

        TypeName = variants.ToDisplayString(Texts.QualifiedType);
        CheckAccessibility(variants, place);
        return new(ReadMembers(variants, place));
    }

    private List<VariantModel> ReadMembers(INamedTypeSymbol variants, Location? place)
    {
        List<VariantModel> result = [];
        ImmutableArray<IFieldSymbol> members = variants.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).ToImmutableArray();
        if (members.Length == 0)
        {
            mistakes.Add(DiagnosticDescriptors.VariantsEmpty, place, model.Name, Texts.Of(variants));
        }

        foreach (IFieldSymbol member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AttributeData? data = member.GetAttributes().FirstOrDefault(data => LayerKinds.IsVariant(data.AttributeClass));
            if (data is null)
            {
                mistakes.Add(DiagnosticDescriptors.VariantAttributeMissing, place, model.Name, Texts.Of(variants), member.Name);
                continue;
            }

            IFieldSymbol same = members.First(other => Equals(other.ConstantValue, member.ConstantValue));
            if (!SymbolEqualityComparer.Default.Equals(same, member))
            {
                mistakes.Add(DiagnosticDescriptors.VariantsEqual, place, model.Name, Texts.Of(variants), same.Name, member.Name, string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}", member.ConstantValue));
                continue;
            }

            ArgumentReader read = new(member.Name, new AttributeReader(data, cancellationToken), mistakes);
            result.Add(new VariantModel(
                Identifiers.Escape(member.Name),
                read.Enum("Pattern", DropoutPattern.Structured),
                read.Enum("Sites", DropoutSites.All),
                read.Enum("Sampling", MaskSampling.FixedCount)));
        }

        return result;
    }

    // CreateTrainer takes the enum, so the enum must be visible wherever the model is.
    private void CheckAccessibility(INamedTypeSymbol variants, Location? place)
    {
        int modelRank = Rank(model);
        int rank = Rank(variants);
        if (rank < modelRank)
        {
            mistakes.Add(DiagnosticDescriptors.VariantsLessAccessible, place, model.Name, Texts.Of(variants), Name(rank), Name(modelRank));
        }
    }

    private static bool IsGeneric(ITypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsUnboundGenericType)
            {
                return true;
            }
        }

        return false;
    }

    // 3 public, 2 internal, 1 nested and not visible outside, 0 file-local: the least of the type and those around it.
    private static int Rank(INamedTypeSymbol type)
    {
        int rank = 3;
        for (INamedTypeSymbol? it = type; it is not null; it = it.ContainingType)
        {
            int own = it.IsFileLocal ? 0 : it.DeclaredAccessibility switch
            {
                Accessibility.Public => 3,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => 2,
                _ => 1,
            };
            rank = System.Math.Min(rank, own);
        }

        return rank;
    }

    private static string Name(int rank) => rank switch
    {
        3 => "public",
        2 => "internal",
        1 => "private or protected",
        _ => "file-local",
    };
}
