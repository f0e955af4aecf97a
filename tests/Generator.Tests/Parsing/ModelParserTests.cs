using System.Linq;
using SdCompiler.Generator.Model;
using SdCompiler.Generator.Tests.Harness;
using Xunit;

namespace SdCompiler.Generator.Tests.Parsing;

public sealed class ModelParserTests
{
    [Fact]
    public void The_models_of_the_design_are_right()
    {
        LstmModel model = ParserHarness.Parse(TestModels.Zaremba);
        Assert.Empty(model.Diagnostics.Select(diagnostic => diagnostic.Id + " " + string.Join(" ", diagnostic.Arguments)));
        Assert.True(model.IsComplete);
        Assert.Equal(["Words", "Lower", "Upper", "NextWord"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(["", "Words", "Lower", "Upper"], model.Layers.Select(layer => string.Join("+", layer.Sources)));
    }
}
