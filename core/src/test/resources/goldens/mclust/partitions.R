# Makes partitions.json: Rscript partitions.R, in this folder. R 4.2.2, mclust 6.0.0, jsonlite.
suppressMessages({library(mclust); library(jsonlite)})
sets <- list(
  faithful = read.csv("../../../../../../examples/faithful.csv")[, 1:2],
  iris = read.csv("../../../../../../examples/iris.csv")[, 1:4],
  diabetes = read.csv("diabetes.csv"), banknote = read.csv("banknote.csv"), geyser = read.csv("geyser.csv"))
partitions <- lapply(names(sets), function(name) {
  x <- as.matrix(sets[[name]])
  tree <- hc(x, modelName = "VVV", use = "SVD")
  list(data = name, labels = lapply(2:9, function(g) paste(hclass(tree, g), collapse = "")))
})
writeLines(toJSON(list(made_by = paste("mclust", packageVersion("mclust"), R.version.string), partitions = partitions),
                  auto_unbox = TRUE), "partitions.json")
