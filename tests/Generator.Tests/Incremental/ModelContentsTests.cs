using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SdCompiler.Generator.Parsing;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Incremental;

/// <summary>A symbol in the model would keep a whole compilation alive and never compare equal to the next one's.</summary>
public sealed class ModelContentsTests
{
    [Theory]
    [InlineData(TestModels.Zaremba)]
    [InlineData("using SdCompiler; [StructuredDropoutLstm(BatchSize = 0)] public partial class Model { [Lstm(4, From = \"X\")] public partial LstmLayer Trainer { get; } }")]
    public void The_model_holds_texts_and_numbers_only(string source)
    {
        ParsedModel parsed = ParserHarness.ParseWithPlace(source);
        List<string> found = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Walk(parsed, "model");
        Assert.Empty(found);
        Assert.True(seen.Count > 10);

        void Walk(object? value, string path)
        {
            if (value is null || value is string || value.GetType().IsPrimitive || value is Enum or decimal || (!value.GetType().IsValueType && !seen.Add(value)))
            {
                return;
            }

            if (value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or Diagnostic or AttributeData or SemanticModel or SyntaxReference or TypedConstant)
            {
                found.Add(path + ": " + value.GetType());
                return;
            }

            if (value is IEnumerable items)
            {
                foreach ((object? item, int index) in items.Cast<object?>().Select((item, index) => (item, index)))
                {
                    Walk(item, $"{path}[{index}]");
                }
            }

            for (Type? type = value.GetType(); type is not null; type = type.BaseType)
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    Walk(field.GetValue(value), path + "." + field.Name);
                }
            }
        }
    }

    [Fact]
    public void Equal_texts_give_equal_models() =>
        Assert.Equal(ParserHarness.ParseWithPlace(TestModels.Zaremba), ParserHarness.ParseWithPlace(TestModels.Zaremba));
}
